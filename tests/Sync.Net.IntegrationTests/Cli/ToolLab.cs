using System.Diagnostics;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>A server process of the tool, a folder, and commands that run against it. Nothing outlives the test.</summary>
internal sealed class ToolLab : IAsyncDisposable
{
    /// <summary>Another binary than the one that was built with the tests, such as a native one.</summary>
    private static readonly string? Binary = Environment.GetEnvironmentVariable("SYNCNET_BINARY");

    private readonly List<Command> _commands = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("syncnet-").FullName;

    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal)
    {
        ["SYNC_NET_ROSTER"] = "a=client,b=server",
        ["SYNC_NET_MEMBER"] = "a",
    };

    public Command Server { get; private set; } = null!;

    public static async Task<ToolLab> StartAsync(params string[] serverOptions)
    {
        ToolLab lab = new();
        string portFile = Path.Combine(lab.Folder, "server-port");
        lab.Server = lab.Start(null, ["serve", "--port-file", portFile, .. serverOptions]);
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
    public Command Start(string? member, params string[] arguments)
    {
        string[] words = Binary is null ? [Programs.DotNet, "exec", Programs.SyncNet] : [Binary];
        return StartProgram(member, [.. words, .. arguments]);
    }

    public Command StartProgram(string? member, params string[] words)
    {
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

    /// <summary>The session has somebody who waits; told by another command of member a, since a waiting command says nothing.</summary>
    public async Task WaitedForAsync(string session)
    {
        SyncOptions options = new()
        {
            Endpoint = Variables["SYNC_NET_ENDPOINT"],
            Member = "a",
            Roster = new Dictionary<string, string?> { ["a"] = "client", ["b"] = "server" },
            IsCommand = true,
        };
        await using SyncGroup group = await SyncGroup.JoinAsync(options, TestContext.Current.CancellationToken).Within(Bounded.Limit);
        await UntilAsync(group, session).Within(Bounded.Limit, what: $"somebody waits in '{session}'");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Command command in _commands) await command.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task UntilAsync(SyncGroup group, string session)
    {
        while ((await group.GetStatusAsync(session, TestContext.Current.CancellationToken)).Waits.Count == 0) await Task.Yield();
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
