namespace Sync.Net.Benchmarks.Processes;

/// <summary>.NET programs published as native binaries, below a folder that the caller removes.</summary>
internal static class NativeAot
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private const string EmptyProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <PublishAot>true</PublishAot>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>The shell tool, as docs/cli.md publishes it.</summary>
    public static async Task<string> PublishToolAsync(string folder)
    {
        string output = Path.Combine(folder, "tool");
        string project = Path.Combine(RepositoryRoot(), "src", "Sync.Net.Cli");
        await PublishAsync(project, output, "-p:PublishAot=true", "--artifacts-path", Path.Combine(folder, "tool-artifacts"));
        return Path.Combine(output, "syncnet");
    }

    /// <summary>The members of the benchmarks. Below artifacts/, so that only what has changed is compiled again.</summary>
    public static async Task<string> PublishMembersAsync()
    {
        const string Name = "Sync.Net.Benchmarks.Members";
        string output = Path.Combine(AppContext.BaseDirectory, "native-members");
        await PublishAsync(Path.Combine(RepositoryRoot(), "benchmarks", Name), output);
        return Path.Combine(output, Name);
    }

    /// <summary>A program that returns 0, as <c>dotnet new console --aot</c> would publish it.</summary>
    public static async Task<string> PublishEmptyAsync(string folder)
    {
        string project = Directory.CreateDirectory(Path.Combine(folder, "empty-source")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "empty.csproj"), EmptyProject);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), "return 0;\n");
        string output = Path.Combine(folder, "empty");
        await PublishAsync(project, output);
        return Path.Combine(output, "empty");
    }

    private static async Task PublishAsync(string project, string output, params string[] more)
    {
        await using var children = new ChildProcesses();
        children.Start("dotnet", ["publish", project, "-c", "Release", "-o", output, "--ucr", "-v", "quiet", .. more]);
        await children.WaitForSuccessAsync(Limit);
    }

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sync.Net.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException($"Sync.Net.sln is in no folder above {AppContext.BaseDirectory}: run the benchmark from a checkout.");
    }
}
