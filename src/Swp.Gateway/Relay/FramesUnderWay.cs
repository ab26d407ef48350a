using System.Diagnostics.CodeAnalysis;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>
/// What a connection has said and its owner does not have yet: in order, numbered, bounded. Guarded by its relay's lock; holds nothing while
/// there is nothing under way.
/// </summary>
internal sealed class FramesUnderWay
{
    /// <summary>How much may be under way before the connection is read no further.</summary>
    public const int MaxFrames = 64;

    public const int MaxBytes = 256 * 1024;

    private Queue<OwnerboundFrame>? _frames;
    private int _bytes;
    private long _sequence;
    private TaskCompletionSource? _room;

    /// <summary>The frames, oldest first.</summary>
    public IEnumerable<OwnerboundFrame> All => _frames ?? [];

    /// <summary>Whether there is room for one more.</summary>
    /// <param name="room">Completes when there may be.</param>
    public bool HasRoom([NotNullWhen(false)] out Task? room)
    {
        room = null;
        if (_frames is not { } frames || (frames.Count < MaxFrames && _bytes < MaxBytes))
        {
            return true;
        }

        room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        return false;
    }

    /// <summary>Numbers a frame and keeps it.</summary>
    public OwnerboundFrame Add(in OwnerboundFrame frame)
    {
        var numbered = frame with { Sequence = ++_sequence };
        (_frames ??= new Queue<OwnerboundFrame>(2)).Enqueue(numbered);
        _bytes += numbered.Weight;
        return numbered;
    }

    /// <summary>The last number that an owner is known to have.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>The owner has everything up to a number.</summary>
    /// <param name="sequence">The number.</param>
    /// <param name="taken">Called for each frame that the owner was not known to have.</param>
    public void Acknowledge(long sequence, Action<OwnerboundFrame> taken)
    {
        Acknowledged = Math.Max(Acknowledged, sequence);
        while (_frames?.TryPeek(out var first) == true && first.Sequence <= sequence)
        {
            _bytes -= first.Weight;
            taken(_frames.Dequeue());
        }

        Settle();
    }

    /// <summary>Gives up the queries up to a number: an owner that is gone may have carried them out.</summary>
    public void GiveUpQueries(long sequence)
    {
        for (var left = _frames?.Count ?? 0; left > 0; left--)
        {
            var frame = _frames!.Dequeue();
            if (frame.Kind == OwnerboundKind.Query && frame.Sequence <= sequence)
            {
                _bytes -= frame.Weight;
            }
            else
            {
                _frames.Enqueue(frame);
            }
        }

        Settle();
    }

    private void Settle()
    {
        if (_frames is null or { Count: <= MaxFrames / 2 } && _bytes <= MaxBytes / 2)
        {
            Release();
        }
    }

    /// <summary>Lets whoever waits for room look again.</summary>
    public void Release()
    {
        // Its continuation runs elsewhere: the lock is held here.
        _room?.TrySetResult();
        _room = null;
    }
}
