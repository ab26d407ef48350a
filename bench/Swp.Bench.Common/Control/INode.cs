namespace Swp.Bench.Control;

/// <summary>What a contender's process does for the bench.</summary>
/// <typeparam name="TPayload">JSON in the form that costs the contender least. It is made once for a run, not for every call.</typeparam>
public interface INode<TPayload>
{
    TPayload Read(byte[] json);

    ReadOnlySpan<byte> Write(TPayload payload);

    /// <summary>Asks a client that may be connected to any node. Throws <see cref="OperationCanceledException"/> when its time is over.</summary>
    Task<Answer<TPayload>> AskAsync(string target, TPayload payload, CancellationToken cancellationToken);

    /// <summary>Sends one message to every client of every node.</summary>
    Task FanOutAsync(TPayload payload);
}
