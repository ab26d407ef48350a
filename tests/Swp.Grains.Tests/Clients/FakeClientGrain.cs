using System.Threading.Channels;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Testing.Tasks;

namespace Swp.Grains.Tests.Clients;

/// <summary>A client's grain whose every call waits for the test.</summary>
internal sealed class FakeClientGrain : IClientGrain
{
    private readonly Channel<GrainCall> _calls = Channel.CreateUnbounded<GrainCall>();

    public int Waiting => _calls.Reader.Count;

    public Task<GrainCall> NextAsync() => _calls.Reader.ReadAsync().DefaultTimeout();

    public Task<CallResult> RequestAsync(CallRequest request, CancellationToken cancellationToken) => Add(new GrainCall("request", request, null, cancellationToken));

    public Task<CallResult> SendAsync(CallRequest message, CancellationToken cancellationToken) => Add(new GrainCall("send", message, null, cancellationToken));

    public Task<CallResult> ContinueAsync(ContinueRequest request, CancellationToken cancellationToken) => Add(new GrainCall("continue", request.Call, request, cancellationToken));

    public Task<ClientStatus> GetStatusAsync() => throw new NotSupportedException();

    public Task<BanOutcome> BanAsync(BanRequest request) => throw new NotSupportedException();

    public Task<BanOutcome> UnbanAsync() => throw new NotSupportedException();

    public Task<CallResult> DisconnectAsync() => throw new NotSupportedException();

    private Task<CallResult> Add(GrainCall call)
    {
        _calls.Writer.TryWrite(call);
        return call.Result.Task.WaitAsync(call.CancellationToken);
    }

    internal sealed record GrainCall(string Kind, CallRequest Call, ContinueRequest? Continued, CancellationToken CancellationToken)
    {
        public TaskCompletionSource<CallResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End(CallOutcome outcome, bool moved = false) => Result.SetResult(new CallResult { Outcome = outcome, Moved = moved });

        public void OwnerIsLost() => Result.SetException(new SiloUnavailableException("dead"));
    }
}
