namespace Swp.Testing.Processes;

/// <summary>Finds the programs that were built together with the running tests.</summary>
public static class BuiltProgram
{
    // artifacts/bin/{project}/{configuration}/
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary><c>debug</c> or <c>release</c>: as the tests are built.</summary>
    public static string Configuration => Output.Name;

    /// <summary>The repository's root.</summary>
    public static string Root => Output.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>The assembly of a program, for example <c>Swp.Standalone</c>; named as its project unless said otherwise.</summary>
    public static string Find(string project, string? assembly = null)
    {
        var path = Path.Combine(Output.Parent!.Parent!.FullName, project, Configuration, (assembly ?? project) + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{project} is not built: there is no {path}. Build the solution first.");
    }
}
