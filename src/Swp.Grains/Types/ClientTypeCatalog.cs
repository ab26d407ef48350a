using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Swp.Grains.Services;

namespace Swp.Grains.Types;

/// <summary>The client types of this silo. Fixed at start.</summary>
internal sealed class ClientTypeCatalog
{
    private readonly FrozenDictionary<string, ClientType> _types;

    public ClientTypeCatalog(
        IEnumerable<ClientTypeRegistration> registrations,
        IOptionsMonitor<ClientTypeOptions> options,
        IServiceProvider services)
    {
        _types = registrations.ToFrozenDictionary(
            registration => registration.Name,
            registration =>
            {
                var limits = options.Get(registration.Name);
                var service = (ClientService)ActivatorUtilities.GetServiceOrCreateInstance(services, registration.Service);
                return new ClientType(registration.Name, limits.DisplayName ?? registration.DisplayName, service, limits);
            },
            StringComparer.Ordinal);
    }

    public IReadOnlyCollection<ClientType> All => _types.Values;

    public ClientType? Find(string name) => _types.GetValueOrDefault(name);
}
