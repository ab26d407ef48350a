using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Swp.Clients;
using Swp.Grains.Services;
using Swp.Grains.Types;

namespace Swp.Grains.Hosting;

internal sealed class SwpBuilder(IServiceCollection services) : ISwpBuilder
{
    public IServiceCollection Services => services;

    public ISwpBuilder AddClientType<TService>()
        where TService : ClientService
    {
        var attribute = typeof(TService).GetCustomAttribute<ClientTypeAttribute>()
            ?? throw new ArgumentException($"{typeof(TService)} has no [ClientType(\"name\")].");
        return AddClientType<TService>(attribute.Name, attribute.DisplayName);
    }

    public ISwpBuilder AddClientType<TService>(string name, string? displayName = null)
        where TService : ClientService
    {
        if (!ClientKey.IsValidType(name))
        {
            throw new ArgumentException($"{typeof(TService)}: '{name}' is no client type: it must match [a-z0-9][a-z0-9_-]{{0,31}}.", nameof(name));
        }

        if (services.Any(service => service.ImplementationInstance is ClientTypeRegistration taken && taken.Name == name))
        {
            throw new ArgumentException($"The client type '{name}' is already served; {typeof(TService)} cannot take its name.", nameof(name));
        }

        services.AddSingleton(new ClientTypeRegistration(name, displayName ?? name, typeof(TService)));
        services.AddOptions<ClientTypeOptions>(name)
            .BindConfiguration($"{ClientTypeSettings.Section}:{name}")
            .Configure<IConfiguration, IEnumerable<ClientTypeRegistration>>((_, configuration, served) =>
            {
                ClientTypeSettings.CheckNames(name, configuration);
                ClientTypeSettings.CheckTypes(served.Select(type => type.Name), configuration);
            })
            .ValidateOnStart();
        return this;
    }
}
