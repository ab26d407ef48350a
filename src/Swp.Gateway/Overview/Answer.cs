namespace Swp.Gateway.Overview;

/// <summary>What a member answered, if it did.</summary>
/// <param name="Member">Which one.</param>
/// <param name="Value">Its answer; <see langword="null"/>: there was none in time.</param>
internal sealed record Answer<T>(Member Member, T? Value)
    where T : class;
