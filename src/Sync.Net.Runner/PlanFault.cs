namespace Sync.Net.Runner;

/// <summary>One thing about a plan that can't be done as it says, or that can never be met.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">The line there, from 1.</param>
/// <param name="Path">Where in the JSON, such as <c>roles.client.count</c>.</param>
/// <param name="Text">What is wrong, and the remedy.</param>
public sealed record PlanFault(string Source, int Line, string Path, string Text)
{
    /// <summary>As compilers write it: <c>file:line: path: text</c>.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Path.Length == 0 ? $"{Source}:{Line}: {Text}" : $"{Source}:{Line}: {Path}: {Text}";
}
