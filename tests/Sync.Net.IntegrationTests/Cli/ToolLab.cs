using System.Diagnostics;
using Sync.Net.Configuration;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>A server process of the tool, a folder, and commands that run against it. Nothing outlives the test.</summary>
internal sealed class ToolLab : IAsyncDisposable
{
    /// <summary>Another binary than the one that was built with the tests, such as a native one.</summary>
    private static readonly string? Binary = Environment.GetEnvironmentVariable("SYNCNET_BINARY");

    private static readonly string[] Words = Binary is null ? [Programs.DotNet, "exec", Programs.SyncNet] : [Binary];

    private readonly List<Command> _commands = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("syncnet-").FullName;

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal)
    {
        ["SYNC_NET_ROSTER"] = "a=client,b=server",
        ["SYNC_NET_MEMBER"] = "a",
    };

    public Command Server { get; private set; } = null!;

    public static Task<ToolLab> StartAsync(params string[] serverOptions) => StartAsync(null, serverOptions);

    /// <summary>The server listens on a host, and not on loopback, with a key that all commands know.</summary>
    public static Task<ToolLab> StartOnAsync(NetworkHost host) => StartAsync(host, "--listen", $"{host.V4}:0");

    private static async Task<ToolLab> StartAsync(NetworkHost? host, params string[] serverOptions)
    {
        ToolLab lab = new();
        if (host is not null) lab.Variables["SYNC_NET_KEY"] = "the key of this test's hosts";
        string portFile = Path.Combine(lab.Folder, "server-port");
        lab.Server = lab.StartOn(host, null, [.. Words, "serve", "--port-file", portFile, .. serverOptions]);
        string endpoint = await lab.Server.FirstLineAsync();
        Assert.True(endpoint.Contains(':', StringComparison.Ordinal), $"'{endpoint}' {lab.Server.Errors}");
        lab.Variables["SYNC_NET_ENDPOINT"] = endpoint;
        await lab.PutOnPathAsync();
        return lab;
    }

    /// <summary>The next server at the same place, once the former one has ended.</summary>
    public async Task StartNextServerAsync(params string[] serverOptions)
    {
        await Server.EndAsync();
        Server = Start(null, ["serve", "--listen", Variables["SYNC_NET_ENDPOINT"]!, .. serverOptions]);
        Assert.Equal(Variables["SYNC_NET_ENDPOINT"], await Server.FirstLineAsync());
    }

    /// <summary>A command of a member; null for the one of the variables.</summary>
    public Command Start(string? member, params string[] arguments) => StartProgram(member, [.. Words, .. arguments]);

    /// <summary>A script of a member.</summary>
    public Command StartScript(string? member, string text) => StartProgram(member, "sh", "-c", text);

    public Command StartProgram(string? member, params string[] words) => StartOn(null, member, words);

    /// <summary>A program on a host; null for this machine itself.</summary>
    public Command StartOn(NetworkHost? host, string? member, params string[] words)
    {
        if (host is not null) words = [.. host.Prefix, .. words];
        ProcessStartInfo start = new(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        };
        foreach ((string name, string? value) in Variables) start.Environment[name] = value;
        if (member is not null) start.Environment["SYNC_NET_MEMBER"] = member;
        Command command = new(string.Join(' ', words), Process.Start(start)!);
        lock (_commands) _commands.Add(command);
        return command;
    }

    public Task<ProgramRun> RunAsync(string? member, params string[] arguments) => Start(member, arguments).EndAsync();

    /// <summary>Puts the commands of another system on the path, as its users do.</summary>
    public async Task InstallAsync(string profile)
    {
        ProgramRun run = await RunAsync(null, "install-commands", "bin", "--profile", profile);
        Assert.True(run.ExitCode == 0, run.All);
    }

    /// <summary>Each of the sessions has somebody who waits, one for each time that it is named; told by another command of member a, since a waiting command says nothing.</summary>
    public async Task WaitedForAsync(params string[] sessions)
    {
        // Of another group, or another start of the member, it would see nothing, or end what it looks for.
        SyncOptions options = SyncEnvironment.Read(Variables.GetValueOrDefault);
        options.Member = "a";
        options.Role = null;
        options.IsCommand = true;
        await using SyncGroup group = await SyncGroup.JoinAsync(options, TestContext.Current.CancellationToken).Within(Bounded.Limit);
        GroupStatus? last = null;
        await SeenAsync().Within(Bounded.Limit, () => $"the last status: {Text(last)}", $"somebody waits in '{string.Join("', '", sessions)}'");

        async Task SeenAsync()
        {
            do
            {
                last = await group.GetStatusAsync(sessions.Distinct().Count() == 1 ? sessions[0] : null, TestContext.Current.CancellationToken);
            }
            while (sessions.CountBy(session => session).Any(each => last.Waits.Count(wait => wait.Session == each.Key) < each.Value));
        }
    }

    private static string Text(GroupStatus? status) => status is null
        ? "none came"
        : string.Join("; ", [.. status.Members.Select(each => $"{each.Id} {each.State} last in {each.LastSeenIn}"), .. status.Waits.Select(each => each.ToString())]);

    public async ValueTask DisposeAsync()
    {
        foreach (Command command in _commands) await command.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Scripts call it by its name.</summary>
    private async Task PutOnPathAsync()
    {
        string bin = Directory.CreateDirectory(Path.Combine(Folder, "bin")).FullName;
        string link = Path.Combine(bin, "syncnet");
        string command = Binary ?? $"{Programs.DotNet} exec {Programs.SyncNet}";
        await File.WriteAllTextAsync(link, $"#!/bin/sh\nexec {command} \"$@\"\n", TestContext.Current.CancellationToken);
        await Shell.RunAsync($"chmod +x {link}");
        Variables["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}";
    }
}
