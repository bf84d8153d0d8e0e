using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Verbs;

/// <summary>Prints the variables for another shell.</summary>
internal sealed class EnvVerb : Verb
{
    public override Syntax Syntax => Syntax.OfMember("env --member ID [--role ROLE]", 0, 0);

    public override Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        string? former = Environment.GetEnvironmentVariable(MemberOptions.Member);
        // The role in the environment is that of the member there, not of another one.
        if (line.Get("--member") is { } other && other != former && line.Get("--role") is null) Environment.SetEnvironmentVariable(MemberOptions.Role, null);
        SyncOptions options = MemberOptions.Read(line);
        string member = options.Member ?? throw new UsageException("nothing says which member the shell is for: give --member");
        SortedList<string, string> variables = new(options.ToEnvironment(member, options.Role).ToDictionary(), StringComparer.Ordinal);
        if (Environment.GetEnvironmentVariable(MemberOptions.KeyFile) is { } file)
        {
            variables.Remove(MemberOptions.Key);
            variables[MemberOptions.KeyFile] = Path.GetFullPath(file);
        }
        // Another shell of the same member is of the same start of it.
        variables[MemberOptions.Incarnation] =
            (member == former ? Environment.GetEnvironmentVariable(MemberOptions.Incarnation) : null) ?? Guid.NewGuid().ToString();
        Print(variables, output);
        return Task.FromResult(ExitCodes.Success);
    }

    private static void Print(SortedList<string, string> variables, Printer output)
    {
        if (!output.IsJson)
        {
            string[] others = [.. MemberOptions.All.Where(name => !variables.ContainsKey(name))];
            output.Lines([.. variables.Select(static each => $"export {each.Key}={ShellText.Quoted(each.Value)}"), $"unset {string.Join(' ', others)}"]);
            return;
        }
        output.Json(json =>
        {
            json.WriteStartObject();
            foreach ((string name, string value) in variables) json.WriteString(name, value);
            json.WriteEndObject();
        });
    }
}
