using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Packaging;

/// <summary>A project of somebody else's, as the SDK's template makes it.</summary>
internal sealed class ConsumerProject(PackedLibrary packed, string folder, string name)
{
    private string ProjectFile => Path.Combine(folder, name + ".csproj");

    public Task WriteAsync(string file, string text) => File.WriteAllTextAsync(Path.Combine(folder, file), text);

    public Task AddPackageAsync() => AddAsync(
        $"""<ItemGroup><PackageReference Include="Sync.Net" Version="{packed.Version}" /></ItemGroup>""");

    public Task AddReferenceAsync(ConsumerProject other) => AddAsync(
        $"""<ItemGroup><ProjectReference Include="{other.ProjectFile}" /></ItemGroup>""");

    public Task AddPropertyAsync(string property, string value) => AddAsync($"<PropertyGroup><{property}>{value}</{property}></PropertyGroup>");

    public Task<ProgramRun> RunAsync(string verb) => packed.RunAsync(folder, verb);

    private async Task AddAsync(string xml)
    {
        string text = await File.ReadAllTextAsync(ProjectFile);
        await File.WriteAllTextAsync(ProjectFile, text.Replace("</Project>", xml + "\n</Project>", StringComparison.Ordinal));
    }
}
