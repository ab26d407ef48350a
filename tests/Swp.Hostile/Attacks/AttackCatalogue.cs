namespace Swp.Hostile.Attacks;

/// <summary>Every attack that is known.</summary>
internal static class AttackCatalogue
{
    public static IReadOnlyList<Attack> All { get; } =
        [.. SilentAttacks.All, .. FrameAttacks.All, .. HandshakeAttacks.All, .. JsonAttacks.All, .. NameAttacks.All, .. FloodAttacks.All];

    public static Attack? Find(string name) => All.FirstOrDefault(attack => attack.Name == name);
}
