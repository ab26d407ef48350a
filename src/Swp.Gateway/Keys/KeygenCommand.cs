using System.Buffers.Text;
using System.Security.Cryptography;

namespace Swp.Gateway.Keys;

/// <summary><c>keygen NAME</c>: makes an API key, which is shown once, and what is configured of it.</summary>
public static class KeygenCommand
{
    private const int KeyBytes = 32;

    /// <summary>Runs it, if the command line asks for it.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="exitCode">The process's exit code.</param>
    /// <returns>Whether it did.</returns>
    public static bool TryRun(string[] args, out int exitCode)
    {
        exitCode = 0;
        if (args is not ["keygen", ..])
        {
            return false;
        }

        if (args is ["keygen", var name] && ApiKeyReader.IsValidName(name))
        {
            Console.WriteLine(Describe(name, NewKey()));
            return true;
        }

        Console.Error.WriteLine("keygen NAME: the key's name has 1 to 64 characters of A-Z, a-z, 0-9, '_', '.' and '-'.");
        exitCode = 1;
        return true;
    }

    /// <summary>A key: a prefix by which scanners of source code know it, and 256 random bits.</summary>
    internal static string NewKey() => "swp_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    private static string Describe(string name, string key)
    {
        var hash = Convert.ToHexStringLower(ApiKeySet.HashOf(key));
        return $$"""
            The key, shown this once. Callers send it in the header X-Api-Key, or as Authorization: Bearer.

              {{key}}

            What the gateways are configured with, in appsettings.json (read again when it changes):

              {"Swp":{"ApiKeys":{"{{name}}":{"Hash":"{{hash}}","Scopes":["call","read"]} } } }

            or as a file or a variable of the environment each:

              Swp__ApiKeys__{{name}}__Hash={{hash}}
              Swp__ApiKeys__{{name}}__Scopes=call,read

            Scopes are call, read and admin (everything). Types limits it to clients of some types: "Types":["caller"].
            """;
    }
}
