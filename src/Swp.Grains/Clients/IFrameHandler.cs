using Swp.Clients;
using Swp.Relay;

namespace Swp.Grains.Clients;

/// <summary>What happens to an attached client's frames, in turns of its activation.</summary>
internal interface IFrameHandler
{
    /// <summary>The connection has sent a frame.</summary>
    void OnFrame(SiloAddress gateway, in OwnerboundFrame frame);

    /// <summary>An answer came too late for the attachment it was meant for.</summary>
    void OnAnswerRefused(in ClientboundFrame answer);

    /// <summary>Somebody in this process calls the client.</summary>
    Task<CallResult> OnCallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken);

    /// <summary>The client moves to another owner: this one stops. Ends when it may be looked for there.</summary>
    Task OnLeaveAsync();
}
