using System.Security.Cryptography;

namespace Swp.Fuzz.Engine;

/// <summary>Inputs as files, each named by what it holds.</summary>
internal static class InputFolder
{
    /// <summary>Every input of a target, in the same order each time.</summary>
    public static IEnumerable<byte[]> Read(string folder, string target)
    {
        var directory = Path.Combine(folder, target);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
            : [];
    }

    /// <summary>Adds an input.</summary>
    /// <returns>Its file.</returns>
    public static string Write(string folder, string target, byte[] input)
    {
        var directory = Directory.CreateDirectory(Path.Combine(folder, target));
        var file = Path.Combine(directory.FullName, Convert.ToHexStringLower(SHA256.HashData(input))[..16]);
        File.WriteAllBytes(file, input);
        return file;
    }

    /// <summary>Puts these in place of what is there.</summary>
    public static void Replace(string folder, string target, IEnumerable<byte[]> inputs)
    {
        var directory = Path.Combine(folder, target);
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        foreach (var input in inputs)
        {
            Write(folder, target, input);
        }
    }
}
