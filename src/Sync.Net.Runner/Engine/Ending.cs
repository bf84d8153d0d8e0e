namespace Sync.Net.Runner.Engine;

/// <summary>Why a member, or the run, is ended from outside.</summary>
/// <param name="Verdict">What that makes of it.</param>
/// <param name="Text">One line, without the member's name.</param>
/// <param name="Culprit">The member because of which; null for none.</param>
/// <param name="IsByCaller">The caller wished it.</param>
internal sealed record Ending(Verdict Verdict, string Text, string? Culprit = null, bool IsByCaller = false);
