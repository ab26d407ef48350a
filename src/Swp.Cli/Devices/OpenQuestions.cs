using System.Text.Json;

namespace Swp.Cli.Devices;

/// <summary>Calls that wait for a person's answer, the oldest first. As many as the server lets be open of one client.</summary>
internal sealed class OpenQuestions
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<JsonElement>> _waiting = [];

    /// <summary>Waits until it is this one's turn and something was typed, or its connection has ended.</summary>
    public async Task<JsonElement> WaitAsync(CancellationToken cancellationToken)
    {
        var place = new LinkedListNode<TaskCompletionSource<JsonElement>>(new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _waiting.AddLast(place);
        }

        try
        {
            return await place.Value.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                if (place.List is not null)
                {
                    _waiting.Remove(place);
                }
            }
        }
    }

    /// <summary>Answers the oldest one.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryAnswer(JsonElement data)
    {
        lock (_lock)
        {
            if (_waiting.First is not { } oldest)
            {
                return false;
            }

            _waiting.RemoveFirst();
            return oldest.Value.TrySetResult(data);
        }
    }
}
