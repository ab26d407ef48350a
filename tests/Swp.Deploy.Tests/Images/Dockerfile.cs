using Swp.Testing.Processes;

namespace Swp.Deploy.Tests.Images;

/// <summary>The instructions of a Dockerfile, by stage: as much of it as is needed to hold it against the manifests.</summary>
internal static class Dockerfile
{
    /// <summary>For each stage its instructions, those of the stage it is based on first.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<(string Name, string Value)>> Read()
    {
        var stages = new Dictionary<string, IReadOnlyList<(string, string)>>();
        List<(string, string)>? current = null;
        var text = File.ReadAllText(Path.Combine(BuiltProgram.Root, "deploy", "docker", "Dockerfile")).Replace("\\\n", "", StringComparison.Ordinal);
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var parts = line.Split(' ', 2);
            if (parts[0] == "FROM")
            {
                // FROM [--platform=…] image AS name
                var from = parts[1].Split(' ').Where(part => !part.StartsWith("--", StringComparison.Ordinal)).ToArray();
                current = [("FROM", from[0])];
                if (stages.TryGetValue(from[0], out var basis))
                {
                    current = [.. basis];
                }

                stages[from[^1]] = current;
            }
            else
            {
                current!.Add((parts[0], parts[1]));
            }
        }

        return stages;
    }
}
