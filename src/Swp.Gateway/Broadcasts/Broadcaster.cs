using Swp.Clients;
using Swp.Gateway.Connections;
using Swp.Gateway.Protocol;
using Swp.Gateway.Relay;
using Swp.Gateway.Roll;
using Swp.Relay;

namespace Swp.Gateway.Broadcasts;

/// <summary>
/// Hands one message to every connection of a type that is open at this gateway. It is encoded once. The connections get it in slices, and after each one
/// whatever else waits for a thread has its turn, so that a message for fifty thousand does not hold up a message for one.
/// </summary>
internal sealed class Broadcaster(OpenClients open, TimeProvider time)
{
    /// <summary>Some hundred microseconds' worth of queueing.</summary>
    public const int Slice = 256;

    /// <summary>Sends it to those that are open now.</summary>
    /// <returns>How many connections have it in their queue. One that is full is closed, and not counted.</returns>
    public async Task<int> SendAsync(Broadcast broadcast)
    {
        if (open.Find(broadcast.Type) is not { } roll)
        {
            return 0;
        }

        var frame = Encode(broadcast);
        var slice = new List<ClientRelay>(Slice);
        var (count, after, upTo) = (0, 0L, roll.Last);
        for (var hasMore = true; hasMore;)
        {
            slice.Clear();
            hasMore = roll.Read(ref after, upTo, Slice, slice);
            var writers = new WriterBatch();
            try
            {
                foreach (var relay in slice)
                {
                    count += relay.Tell(frame, writers) ? 1 : 0;
                }
            }
            finally
            {
                // One that counts as being written and is not would never be again.
                writers.Flush();
            }

            await LetOthersAsync();
        }

        return count;
    }

    // Behind everything that waits now, this slice's writers among it.
    private static Task LetOthersAsync()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
        return turn.Task;
    }

    private OutboundFrame Encode(Broadcast broadcast)
    {
        var frame = new OutboundFrame { Type = SessionType.Server, Code = "0", Uuid = broadcast.Uuid, Data = broadcast.Data };
        using var buffer = new PooledBuffer();
        FrameWriter.Write(frame, time.GetUtcNow().ToUnixTimeMilliseconds(), buffer);
        return frame with { Data = JsonPayload.FromValidated(buffer.Written.ToArray()), IsEncoded = true };
    }
}
