namespace Sync.Net;

/// <summary>How many of several states a wait asks of each member.</summary>
public enum StateMatch
{
    /// <summary>Each member must have reached all of the states.</summary>
    All,

    /// <summary>Each member must have reached at least one of the states.</summary>
    Any,
}
