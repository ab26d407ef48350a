using Swp.Clients;
using Swp.Cluster.Payloads;
using Swp.Gateway.Types;
using Swp.Relay;

namespace Swp.Gateway.Fleet;

/// <summary>One message for every connected client of a type: one call to each gateway.</summary>
internal sealed class FleetBroadcast(GatewayFleet fleet, ClientTypeDirectory types)
{
    /// <summary>How many may be under way that entered here.</summary>
    public const int MaxUnderWay = 64;

    private int _underWay;

    public async Task<BroadcastResult> SendAsync(string type, string uuid, JsonPayload data)
    {
        if (!types.Knows(type) || types.Find(type) is not { } description)
        {
            return new BroadcastResult { Outcome = CallOutcome.UnknownType, Message = "There is no such client type." };
        }

        data = PayloadEncoder.Encode(data, description.RawJson);
        if (data.Length > description.MaxMessageBytes)
        {
            return new BroadcastResult
            {
                Outcome = CallOutcome.PayloadTooLarge,
                Message = $"The payload is {data.Length} bytes on the wire; {description.MaxMessageBytes} are allowed.",
            };
        }

        try
        {
            if (Interlocked.Increment(ref _underWay) > MaxUnderWay)
            {
                return new BroadcastResult { Outcome = CallOutcome.TooManyPending, Message = $"{MaxUnderWay} broadcasts that entered at this gateway are under way." };
            }

            var (clients, failed) = await fleet.AskAllAsync(gateway => gateway.BroadcastAsync(new Broadcast(type, uuid, data)));
            return new BroadcastResult { Outcome = CallOutcome.Completed, Gateways = clients.Count, Clients = clients.Sum(), Failed = failed };
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
