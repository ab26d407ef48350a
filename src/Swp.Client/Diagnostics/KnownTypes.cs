using System.Collections.Concurrent;
using Swp.Clients;
using Swp.Diagnostics;

namespace Swp.Client.Diagnostics;

/// <summary>
/// The client types that exist, as far as outcomes have told: a caller can name any, and a label must not grow with what callers try. What is not known
/// to exist is <c>other</c>.
/// </summary>
internal sealed class KnownTypes
{
    /// <summary>More than a cluster serves.</summary>
    private const int Capacity = 100;

    private readonly ConcurrentDictionary<string, KeyValuePair<string, object?>> _labels = new(StringComparer.Ordinal);

    /// <summary>The label of a call to a client of this type.</summary>
    public KeyValuePair<string, object?> LabelOf(string type, CallOutcome outcome)
    {
        if (_labels.TryGetValue(type, out var label))
        {
            return label;
        }

        return IsProof(outcome) && _labels.Count < Capacity
            ? _labels.GetOrAdd(type, static type => TypeLabels.Of(type))
            : TypeLabels.Other;
    }

    // What only an owner says that serves the type.
    private static bool IsProof(CallOutcome outcome) => outcome
        is CallOutcome.Completed
        or CallOutcome.NotConnected
        or CallOutcome.UnknownClient
        or CallOutcome.TooManyPending
        or CallOutcome.TimedOut
        or CallOutcome.Banned;
}
