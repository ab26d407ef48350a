namespace Swp.Bench.Control;

public enum AnswerStatus
{
    Answered,
    NoSuchClient,
    TimedOut,
}
