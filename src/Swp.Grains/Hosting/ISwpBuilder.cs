using Microsoft.Extensions.DependencyInjection;
using Swp.Grains.Services;

namespace Swp.Grains.Hosting;

/// <summary>Adds what a silo serves.</summary>
public interface ISwpBuilder
{
    /// <summary>The silo's services, for what the client services need.</summary>
    IServiceCollection Services { get; }

    /// <summary>Adds the client type named by <typeparamref name="TService"/>'s <see cref="ClientTypeAttribute"/>.</summary>
    /// <exception cref="ArgumentException">The attribute is missing, its name breaks the rule, or the name is taken.</exception>
    ISwpBuilder AddClientType<TService>()
        where TService : ClientService;

    /// <summary>Adds a client type under a name of its own, whatever attribute <typeparamref name="TService"/> carries.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule or is taken.</exception>
    ISwpBuilder AddClientType<TService>(string name, string? displayName = null)
        where TService : ClientService;
}
