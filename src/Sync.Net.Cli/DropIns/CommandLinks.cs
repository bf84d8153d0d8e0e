using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.DropIns;

/// <summary>Puts the commands of a profile into a folder.</summary>
internal static class CommandLinks
{
    public static readonly string[] Profiles = ["lava", "lava-2013", "emulab", "restraint"];

    private static readonly string[] Lava = ["lava-self", "lava-role", "lava-group", "lava-send", "lava-wait", "lava-wait-all", "lava-sync"];

    /// <summary>Makes links to a binary that knows by which name it is called, or else scripts that say so.</summary>
    /// <param name="directory">Where; made if it is not there.</param>
    /// <param name="profile">One of <see cref="Profiles"/>.</param>
    /// <param name="selfPath">The tool as it was called, unresolved, so that an update does not break the links.</param>
    /// <param name="prefix">For a tool that runs by a host: the words before its verb, <c>dotnet … syncnet.dll</c> say. Null for a binary to link to.</param>
    /// <returns>The paths of the commands.</returns>
    /// <exception cref="UsageException">There is no such profile.</exception>
    /// <exception cref="IOException">A file that is not ours has a command's name; nothing was made then.</exception>
    public static IReadOnlyList<string> Install(string directory, string profile, string selfPath, IReadOnlyList<string>? prefix = null)
    {
        string[] names = NamesOf(profile);
        string self = Path.GetFullPath(selfPath);
        Directory.CreateDirectory(directory);
        string[] paths = [.. names.Select(name => Path.Combine(directory, name))];
        if (paths.FirstOrDefault(path => IsForeign(path, self)) is { } foreign)
            throw new IOException($"{foreign} is there already, and syncnet did not make it: move it away, or use another folder");
        bool isLink = prefix is null && profile != "lava-2013";
        for (int i = 0; i < names.Length; i++)
        {
            if (isLink) Link(paths[i], self);
            else Write(paths[i], profile == "lava-2013" ? names[i].Replace("lava-", "lava-2013-", StringComparison.Ordinal) : names[i], prefix ?? [self]);
        }
        return paths;
    }

    private static string[] NamesOf(string profile) => profile switch
    {
        "lava" or "lava-2013" => Lava,
        "emulab" => ["emulab-sync"],
        "restraint" => ["rstrnt-sync-set", "rstrnt-sync-block"],
        _ => throw new UsageException($"there is no profile '{profile}': use {string.Join(", ", Profiles)}"),
    };

    /// <summary>Ours are links to this tool, or to one of its name, and scripts with our mark.</summary>
    private static bool IsForeign(string path, string self)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is { } target) return target != self && Path.GetFileName(target) != Path.GetFileName(self);
        return Directory.Exists(path) || (file.Exists && !File.ReadLines(path).Take(2).Contains(Mark));
    }

    private const string Mark = "# Made by syncnet install-commands.";

    private static void Link(string path, string target) => Replace(path, temporary => File.CreateSymbolicLink(temporary, target));

    private static void Write(string path, string name, IReadOnlyList<string> words) => Replace(path, temporary =>
    {
        string command = string.Join(' ', words.Select(ShellText.Quoted));
        File.WriteAllText(temporary, $"#!/bin/sh\n{Mark}\nexec {command} call-as {name} \"$@\"\n");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(temporary, (UnixFileMode)0b111_101_101);
    });

    /// <summary>A script that runs meanwhile finds the old command or the new one.</summary>
    private static void Replace(string path, Action<string> make)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.Delete(temporary);
        make(temporary);
        File.Move(temporary, path, overwrite: true);
    }
}
