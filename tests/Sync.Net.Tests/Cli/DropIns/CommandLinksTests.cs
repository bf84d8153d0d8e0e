using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.DropIns;

namespace Sync.Net.Tests.Cli.DropIns;

public sealed class CommandLinksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("links").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Install_Binary_LinksToItsPathAsItWasCalled_AndAgain()
    {
        for (int i = 0; i < 2; i++)
        {
            IReadOnlyList<string> paths = CommandLinks.Install(_folder, "lava", "/opt/x/syncnet");

            Assert.Equal(7, paths.Count);
            Assert.All(paths, path => Assert.Equal("/opt/x/syncnet", new FileInfo(path).LinkTarget));
        }
    }

    [Fact]
    public void Install_ToolOfAHost_WritesScripts()
    {
        string path = CommandLinks.Install(_folder, "emulab", "/opt/syncnet", ["/opt/it's dotnet", "syncnet.dll"])[0];
        CommandLinks.Install(_folder, "emulab", "/opt/syncnet", ["/opt/it's dotnet", "syncnet.dll"]);

        Assert.EndsWith("exec '/opt/it'\\''s dotnet' 'syncnet.dll' call-as emulab-sync \"$@\"\n", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public void Install_Lava2013_SaysSoInItsScripts() => Assert.All(
        CommandLinks.Install(_folder, "lava-2013", "/opt/syncnet"),
        path => Assert.Contains("'/opt/syncnet' call-as lava-2013-", File.ReadAllText(path), StringComparison.Ordinal));

    [Fact]
    public void Install_ForeignFile_IsKeptAndNothingIsMade()
    {
        string foreign = Path.Combine(_folder, "lava-sync");
        File.WriteAllText(foreign, "mine");

        IOException e = Assert.Throws<IOException>(() => CommandLinks.Install(_folder, "lava", "/opt/syncnet"));

        Assert.Contains(foreign, e.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(foreign));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Install_ProfileThatIsNone_Throws() =>
        Assert.Throws<UsageException>(() => CommandLinks.Install(_folder, "beaker", "/opt/syncnet"));
}
