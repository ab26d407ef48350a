using Swp.Cluster.Logging;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Refusals;
using Swp.Gateway.Relay;
using Swp.Gateway.Tokens;

namespace Swp.Gateway.Connections;

/// <summary>What every connection of a gateway shares.</summary>
internal sealed record ConnectionServices(
    ConnectionTable Connections,
    RelayServices Relay,
    TokenVerifier Tokens,
    GatewayInstruments Instruments,
    RefusalBook Refusals,
    TimeProvider Time,
    ILogger<Connection> Logger)
{
    /// <summary>Where it is said what went wrong. Paced: clients can bring most of it about.</summary>
    public ILogger<Connection> Logger { get; } = new PacedLogger<Connection>(Logger, Time);
}
