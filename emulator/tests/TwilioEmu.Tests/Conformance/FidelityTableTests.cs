using System.Globalization;
using System.Text;
using TwilioEmu.Composition;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Testing.Files;

namespace TwilioEmu.Tests.Conformance;

/// <summary>The page of operations by product.</summary>
public sealed class FidelityTableTests
{
    private const string Head = """
        # Fidelity, product by product

        Every operation of Twilio's public OpenAPI documents answers. `behaves` does what Twilio does; `stores` keeps what it is told, by the document's rules; `shape`
        answers and has nothing to keep. `refused` are those whose main effect is missing here: `501`, unless the emulator runs with `--unbuilt store`.
        `GET /_emu/v1/fidelity` tells it operation by operation.


        """;

    [Fact]
    public async Task The_page_tells_how_near_every_product_comes()
    {
        var options = new WorldOptions { Clock = new ClockMode.Manual(), Start = WorldOptions.StoryStart };
        await using var house = await House.BuildAsync(
            Presets.Config with { Options = ServeOptions.None }, options, ApiCatalog.Open(), "https://api.twilio.com");
        var table = new StringBuilder("| product | operations | behaves | stores | shape | refused |\n|---|---|---|---|---|---|\n");
        foreach (var product in house.Fidelity.GroupBy(o => o.Product).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Append(table, product.Key, [.. product], isNamed: true);
        }
        Append(table, "**all**", house.Fidelity, isNamed: false);

        var text = $"{Head}{table}";
        await Repository.PageShouldBeAsync("fidelity.md", text);
    }

    private static void Append(StringBuilder table, string product, IReadOnlyList<ControlFidelity> operations, bool isNamed)
    {
        string Count(string level) => operations.Count(o => o.Fidelity == level) is var count and > 0
            ? count.ToString(CultureInfo.InvariantCulture)
            : "";
        // One name may stand in several versions of a product.
        var refused = operations.Where(o => o.IsRefused).ToList();
        var names = isNamed && refused.Count > 0 ? ": " + string.Join(", ", refused.Select(o => o.Operation).Distinct()) : "";
        var last = refused.Count == 0 ? "" : refused.Count.ToString(CultureInfo.InvariantCulture) + names;
        table.Append(
            CultureInfo.InvariantCulture,
            $"| {product} | {operations.Count} | {Count("behaves")} | {Count("stores")} | {Count("shape")} | {last} |\n");
    }
}
