using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Commands;

/// <summary>
/// Moves a config into a house that nobody will live in, so that <c>check</c> finds what <c>serve</c> would stumble over (dry run).
/// </summary>
internal static class Rehearsal
{
    // Nothing listens there: it only stands in links.
    private const string NowhereUrl = "http://127.0.0.1";

    /// <summary>Adds the fault that keeps the world from beginning, with its place.</summary>
    /// <param name="config">What was read, without faults of its own.</param>
    /// <param name="root">The mapping it was read from: the file's, or a story's <c>given</c>.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static async Task RunAsync(WorldConfig config, Node root, Faults faults)
    {
        try
        {
            var world = new WorldOptions { Seed = 1, Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart };
            await using var house = await House.BuildAsync(
                WorldSetup.WithDefaults(config, withNumber: false), world, ApiCatalog.Open(), NowhereUrl);
        }
        catch (ConfigFault fault)
        {
            faults.Add(root.PlaceOf(fault.Path), fault.Path, $"{fault.Path}: {fault.Message}");
        }
    }
}
