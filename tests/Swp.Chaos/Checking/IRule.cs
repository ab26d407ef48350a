namespace Swp.Chaos.Checking;

/// <summary>One promise.</summary>
internal interface IRule
{
    IEnumerable<Violation> Check(LogIndex log);
}
