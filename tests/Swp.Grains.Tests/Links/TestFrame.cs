using Swp.Relay;

namespace Swp.Grains.Tests.Links;

/// <summary>A frame that is only a number and a weight.</summary>
internal readonly record struct TestFrame(int Number, int Weight = 1) : IRelayFrame
{
    public static TestFrame[] Numbers(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(number => new TestFrame(number))];
}
