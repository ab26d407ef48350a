using Swp.Hostile.Running;

namespace Swp.Hostile.Tests.Attacks;

/// <summary>One server for all attacks: what one leaves behind, the next finds.</summary>
public sealed class HostileFixture : IAsyncLifetime
{
    private HostileRun? _run;

    internal HostileRun Run => _run!;

    public async ValueTask InitializeAsync() => _run = await HostileRun.StartAsync(HostileOptions.Short);

    public async ValueTask DisposeAsync()
    {
        if (_run is { } run)
        {
            await run.DisposeAsync();
        }
    }
}
