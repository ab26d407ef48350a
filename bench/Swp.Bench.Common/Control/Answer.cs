namespace Swp.Bench.Control;

/// <summary>What became of a call.</summary>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="Payload">The answer, when there is one.</param>
public readonly record struct Answer<TPayload>(AnswerStatus Status, TPayload? Payload)
{
    public static Answer<TPayload> NoSuchClient => new(AnswerStatus.NoSuchClient, default);

    public static Answer<TPayload> TimedOut => new(AnswerStatus.TimedOut, default);

    public static Answer<TPayload> Of(TPayload payload) => new(AnswerStatus.Answered, payload);
}
