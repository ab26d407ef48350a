using Orleans.Runtime;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Gateway.Tests.Kit;

/// <summary>A call of the gateway to a client's grain, which the test answers.</summary>
internal sealed class AttachCall(string client, AttachRequest request)
{
    private readonly TaskCompletionSource<AttachResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Client => client;

    public AttachRequest Request => request;

    public Task<AttachResult> Result => _result.Task;

    public void Attach(long epoch, long lastSequence = 0, SiloAddress? owner = null, bool continued = false, SpentAllowance? spent = null) => _result.SetResult(new AttachResult
    {
        Status = AttachStatus.Attached,
        Owner = owner ?? Members.Owner1,
        Epoch = epoch,
        LastSequence = lastSequence,
        Continued = continued,
        Spent = spent,
    });

    public void Refuse(CloseCode code, string message, ErrorDetail? error = null) => _result.SetResult(new AttachResult
    {
        Status = AttachStatus.Refused,
        Owner = Members.Owner1,
        CloseCode = code,
        Message = message,
        Error = error,
    });

    public void Supersede() => _result.SetResult(new AttachResult { Status = AttachStatus.Superseded, Owner = Members.Owner1 });

    public void Fail(string reason = "no such silo") => _result.SetException(new IOException(reason));
}
