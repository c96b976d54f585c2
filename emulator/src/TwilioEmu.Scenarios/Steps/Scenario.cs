using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>A story: who exists, what they do, what must be seen.</summary>
/// <param name="Name">Its title.</param>
/// <param name="File">Where it was read from.</param>
/// <param name="Given">The world it plays in.</param>
/// <param name="Steps">What is done and must be seen, in order.</param>
public sealed record Scenario(string Name, string File, WorldConfig Given, IReadOnlyList<Step> Steps);
