using Microsoft.AspNetCore.Http.Features;

namespace Swp.Gateway.Connections;

/// <summary>Has what an upgraded request brings read in shares.</summary>
internal sealed class FairUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>What the request was upgraded to.</summary>
    public FairStream? Stream { get; private set; }

    public async Task<Stream> UpgradeAsync() => Stream = new FairStream(await inner.UpgradeAsync());

    /// <summary>Puts it in place of the server's own, where the request can be upgraded.</summary>
    public static void Apply(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new FairUpgrade(upgrade));
        }
    }
}
