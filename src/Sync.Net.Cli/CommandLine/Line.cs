using System.CommandLine;
using System.CommandLine.Parsing;

namespace Sync.Net.Cli.CommandLine;

/// <summary>A parsed command line: operands and options.</summary>
/// <remarks>
/// A plain <see cref="Command"/> as the root has neither the directives nor the help and version options of a <see cref="RootCommand"/>, each
/// of which would end with 0 and do nothing.
/// </remarks>
internal sealed class Line
{
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    private Line(List<string> operands, string[] literals)
    {
        Operands = operands;
        Literals = literals;
    }

    /// <summary>The operands in order; those after <c>--</c> too, unless they are a command of their own.</summary>
    public List<string> Operands { get; }

    /// <summary>What came after <c>--</c>, as it is.</summary>
    public string[] Literals { get; }

    /// <exception cref="UsageException">The line is not what the verb takes.</exception>
    public static Line Parse(Syntax syntax, ReadOnlySpan<string> args)
    {
        int end = args.IndexOf("--");
        string[] before = (end < 0 ? args : args[..end]).ToArray();
        string[] literals = end < 0 ? [] : args[(end + 1)..].ToArray();

        var command = new Command("syncnet");
        // Only its tokens are used; the parser's own conversion makes the array by reflection, which takes a command a while.
        var operands = new Argument<string[]>("operand") { Arity = ArgumentArity.ZeroOrMore, CustomParser = static _ => [] };
        command.Arguments.Add(operands);
        foreach (string name in syntax.Values) command.Options.Add(new Option<string>(name));
        foreach (string name in syntax.Flags) command.Options.Add(new Option<bool>(name) { Arity = ArgumentArity.Zero });
        ParseResult parsed = command.Parse(before, Parsing);

        List<string> given = [];
        if (parsed.GetResult(operands) is { } result)
        {
            foreach (Token token in result.Tokens) given.Add(token.Value);
        }
        // The parser takes an unknown option for an operand, where a mistyped --timeout=5 would be sent as data.
        foreach (string operand in given)
        {
            if (operand.Length > 1 && operand[0] == '-') throw new UsageException($"'{operand}' is no option here (an operand that begins with - goes after --)");
        }
        if (parsed.Errors.Count > 0) throw new UsageException(parsed.Errors[0].Message.TrimEnd('.'));

        if (!syntax.TakesCommand) given.AddRange(literals);
        if (given.Count < syntax.Least) throw new UsageException("an operand is missing");
        if (given.Count > syntax.Most) throw new UsageException($"'{given[syntax.Most]}' is one operand too many");

        var line = new Line(given, literals);
        line.Take(syntax, command, parsed);
        return line;
    }

    public string? Get(string option) => _values.GetValueOrDefault(option);

    public bool Has(string flag) => _flags.Contains(flag);

    public string? Operand(int index) => index < Operands.Count ? Operands[index] : null;

    /// <summary>Whether an operand is the <c>-</c> that stands for standard input; after <c>--</c> it stands for itself.</summary>
    public bool IsInput(int index) => Operand(index) == "-" && index < Operands.Count - Literals.Length;

    private void Take(Syntax syntax, Command command, ParseResult parsed)
    {
        foreach (Option option in command.Options)
        {
            if (parsed.GetResult(option) is not { Implicit: false } result) continue;
            if (syntax.Flags.AsSpan().Contains(option.Name)) _flags.Add(option.Name);
            else _values.Add(option.Name, result.Tokens[0].Value);
        }
    }
}
