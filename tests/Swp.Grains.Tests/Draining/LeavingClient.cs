using System.Collections.Concurrent;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Grains.Clients;
using Swp.Relay;

namespace Swp.Grains.Tests.Draining;

/// <summary>One that is asked to leave, and leaves when the test says so.</summary>
internal sealed class LeavingClient(ConcurrentQueue<LeavingClient> leaving) : IFrameHandler
{
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task OnLeaveAsync()
    {
        leaving.Enqueue(this);
        return Left.Task;
    }

    public void OnFrame(SiloAddress gateway, in OwnerboundFrame frame) => throw new NotSupportedException();

    public void OnAnswerRefused(in ClientboundFrame answer) => throw new NotSupportedException();

    public Task<CallResult> OnCallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken) => throw new NotSupportedException();
}
