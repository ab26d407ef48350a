namespace Swp.Chaos.Checking;

/// <summary>
/// A call is seen by the client it is for, as it was made; twice only if it may be, and then under one uuid.
/// </summary>
internal sealed class SightingRule : IRule
{
    private const string Name = "seen as it was made";

    public IEnumerable<Violation> Check(LogIndex log)
    {
        foreach (var sightings in log.Sightings)
        {
            var first = sightings.First();
            if (!log.Calls.TryGetValue(sightings.Key, out var call))
            {
                yield return new Violation(Name, ViolationKind.Wrong, first.At, $"{first.Client} saw call {sightings.Key}, which nobody made", sightings.Key, first.Client);
                continue;
            }

            foreach (var sighting in sightings)
            {
                if (sighting.Client != call.Client)
                {
                    yield return new Violation(Name, ViolationKind.Wrong, sighting.At, $"{sighting.Client} saw call {call.Number}, which was for {call.Client}", call.Number, sighting.Client);
                }
                else if (sighting.Data != call.Payload)
                {
                    yield return new Violation(Name, ViolationKind.Wrong, sighting.At, $"{sighting.Client} saw call {call.Number} with another payload", call.Number, sighting.Client);
                }
            }

            if (!call.Idempotent && sightings.Count() > 1)
            {
                yield return new Violation(Name, ViolationKind.Wrong, sightings.Last().At, $"call {call.Number} is not idempotent and was seen {sightings.Count()} times", call.Number, call.Client);
            }

            if (sightings.Select(sighting => sighting.Uuid).Distinct().Count() > 1)
            {
                yield return new Violation(Name, ViolationKind.Wrong, sightings.Last().At, $"call {call.Number} was seen under several uuids", call.Number, call.Client);
            }
        }
    }
}
