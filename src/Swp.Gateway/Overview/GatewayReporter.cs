using Swp.Gateway.Api;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Health;
using Swp.Gateway.Refusals;
using Swp.Gateway.Roll;
using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>What this gateway says of itself.</summary>
internal sealed class GatewayReporter(GatewayState state, OpenClients open, GatewayInstruments instruments, ApiCalls calls, RefusalBook refusals)
{
    public GatewayReport Report() => new()
    {
        IsReady = state.IsReady,
        IsDraining = state.IsDraining,
        State = state.Description,
        Open = open.Count(),
        Unopened = instruments.Unopened,
        ActiveCalls = calls.Count,
        Connects = instruments.Accepted,
    };

    public Refusal[] ReadRefusals() => refusals.Read();
}
