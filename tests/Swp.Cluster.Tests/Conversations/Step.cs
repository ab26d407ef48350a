namespace Swp.Cluster.Tests.Conversations;

/// <summary>Something that happens in a conversation.</summary>
/// <param name="Kind">What.</param>
/// <param name="Slot">Which of the connections does it.</param>
/// <param name="Client">Which client it is about, where it is about one.</param>
/// <param name="Variant">How, where there are several ways.</param>
internal readonly record struct Step(StepKind Kind, int Slot, int Client, int Variant);
