using Microsoft.Extensions.DependencyInjection;
using Swp.Grains.Hosting;
using Swp.Grains.Services;

namespace Swp.Clinic.Tests.Hosting;

internal sealed class RecordingSwpBuilder : ISwpBuilder
{
    public List<Type> Types { get; } = [];

    public IServiceCollection Services { get; } = new ServiceCollection();

    public ISwpBuilder AddClientType<TService>()
        where TService : ClientService
    {
        Types.Add(typeof(TService));
        return this;
    }

    public ISwpBuilder AddClientType<TService>(string name, string? displayName = null)
        where TService : ClientService => throw new NotSupportedException();
}
