namespace Swp.Gateway.Sessions;

/// <summary>Marks an endpoint that people come to: who has no session is sent to the sign-in page, and back after it.</summary>
internal sealed class SignInFirst
{
    public static readonly SignInFirst Instance = new();

    private SignInFirst()
    {
    }
}
