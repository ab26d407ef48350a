using Swp.Relay;

namespace Swp.Gateway.Tests.Kit;

/// <summary>A batch the gateway handed to an owner, which the test acknowledges.</summary>
internal sealed class Delivery(OwnerboundBatch batch)
{
    private readonly TaskCompletionSource<RelayReceipt> _receipt = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OwnerboundBatch Batch => batch;

    public OwnerboundFrame[] Frames => batch.Frames;

    public Task<RelayReceipt> Receipt => _receipt.Task;

    public void Accept() => _receipt.SetResult(RelayReceipt.AllAccepted);

    public void RejectAll(RejectReason reason) => Reject([.. Enumerable.Range(0, Frames.Length).Select(index => new Rejection(index, reason))]);

    public void Reject(params Rejection[] rejections) => _receipt.SetResult(new RelayReceipt(rejections));

    public void Fail() => _receipt.SetException(new TimeoutException("no answer"));
}
