using Swp.Chaos.Logs;

namespace Swp.Chaos.Callers;

/// <summary>Makes calls and takes down how each ended.</summary>
internal sealed class Caller(RunRecorder log)
{
    private readonly List<ICallEntry> _entries = [];

    /// <summary>Every way in, as a load balancer would know them.</summary>
    public IReadOnlyList<ICallEntry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    public void Add(ICallEntry entry)
    {
        lock (_entries)
        {
            _entries.Add(entry);
        }
    }

    public void Remove(string entry)
    {
        lock (_entries)
        {
            _entries.RemoveAll(candidate => candidate.Name == entry);
        }
    }

    /// <summary>Makes a call at the first entry that takes it.</summary>
    /// <returns>Its outcome; <see langword="null"/> when no entry took it, so that there was no call.</returns>
    public async Task<string?> CallAsync(CallPlan plan, IEnumerable<ICallEntry> entries)
    {
        var number = log.NextCall();
        foreach (var entry in entries.Where(entry => entry.IsOffered))
        {
            var call = new Call
            {
                Number = number,
                Client = plan.Client,
                Entry = entry.Name,
                Start = log.Now,
                Timeout = plan.Timeout,
                WaitForConnect = plan.WaitForConnect,
                Idempotent = plan.Idempotent,
                OneWay = plan.OneWay,
                Script = plan.Script,
            };
            log.Begin(call);
            if (await entry.CallAsync(call) is { } answer)
            {
                log.End(new CallEnd
                {
                    Number = number,
                    At = log.Now,
                    Outcome = answer.Outcome,
                    Uuid = answer.Uuid,
                    Data = answer.Data,
                    Detail = answer.Detail,
                });
                return answer.Outcome;
            }

            log.Withdraw(call);
        }

        return null;
    }

    /// <summary>The entries in a random order.</summary>
    public ICallEntry[] Shuffled(Random random)
    {
        ICallEntry[] entries = [.. Entries];
        random.Shuffle(entries);
        return entries;
    }
}
