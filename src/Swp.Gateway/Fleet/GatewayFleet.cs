using Orleans.Metadata;
using Swp.Clients;
using Swp.Relay;

namespace Swp.Gateway.Fleet;

/// <summary>The gateways of the cluster, this one among them.</summary>
internal sealed partial class GatewayFleet(IClusterManifestProvider manifests, IGatewayServices services, ILogger<GatewayFleet> logger)
{
    private static readonly GrainType Gateway = GrainType.Create(IGatewayGrain.GrainTypeName);

    /// <summary>The members that are gateways, in an order that each of them has for all its life, and that every member sees.</summary>
    public IReadOnlyList<(string Name, SiloAddress Address)> Members =>
    [
        .. manifests.Current.Silos
            .Where(silo => silo.Value.Grains.ContainsKey(Gateway))
            .Select(silo => (silo.Key.ToParsableString(), silo.Key))
            .OrderBy(member => member.Item1, StringComparer.Ordinal),
    ];

    /// <summary>Asks one of them.</summary>
    /// <returns>Its answer, and whether it answered.</returns>
    public async Task<(bool Answered, T? Answer)> AskAsync<T>(SiloAddress member, Func<IGatewayService, Task<T>> ask)
    {
        try
        {
            return (true, await ask(services.Get(member)));
        }
        catch (Exception e)
        {
            LogSilent(logger, member, e.Message);
            return (false, default);
        }
    }

    /// <summary>Asks all of them, side by side.</summary>
    /// <returns>The answers of those that answered, and how many did not.</returns>
    public async Task<(IReadOnlyList<T> Answers, int Failed)> AskAllAsync<T>(Func<IGatewayService, Task<T>> ask)
    {
        var answers = await Task.WhenAll(Members.Select(member => AskAsync(member.Address, ask)));
        return ([.. answers.Where(answer => answer.Answered).Select(answer => answer.Answer!)], answers.Count(answer => !answer.Answered));
    }

    [LoggerMessage(LogLevel.Information, "The gateway {Gateway} does not answer: {Reason}")]
    private static partial void LogSilent(ILogger logger, SiloAddress gateway, string reason);
}
