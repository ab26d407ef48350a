namespace Swp.Grains.Types;

/// <summary>What a client needs to be let in, beside its service's consent.</summary>
public enum ClientAuthentication
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A JWT that its gateway has checked, whose <c>sub</c> is the client's id and which names the client's type.</summary>
    Token = 1,
}
