using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Voice;

namespace TwilioEmu.Products.BulkExports;

/// <summary>What bulk exports take from the rooms (twilio.com/docs/usage/bulkexport/day).</summary>
/// <remarks>Lines have the properties of the resources of 2010-04-01 but for those that a file leaves out.</remarks>
internal static class ExportSources
{
    private static readonly string[] NotOfMessages = ["price_unit", "api_version", "error_message", "uri", "subresource_uris"];
    private static readonly string[] NotOfCalls = ["uri", "subresource_uris"];
    private static readonly string[] NotOfConferences = ["api_version", "uri", "subresource_uris"];

    public static IReadOnlyList<ExportSource> Of(World world, ApiCatalog catalog)
    {
        Shape Shape(string operation) => catalog.Find(ApiCatalog.ClassicDocument)!.Find(operation)!.Shape!;
        IReadOnlyList<string> Names(string operation, string[] without) =>
            [.. Shape(operation).Properties.Select(p => p.Name).Except(without)];
        return
        [
            new(
                "Messages", Names("FetchMessage", NotOfMessages),
                account => world.Store.Table(Message.Table, account).NewestFirst().Select(m => new ExportRecord(m.Created, m))),
            new(
                "Calls", Names("FetchCall", NotOfCalls),
                account => VoiceProduct.NewestFirst(world, account).Select(c => new ExportRecord(c.Created, c.Face))),
            new(
                "Conferences", Names("FetchConference", NotOfConferences),
                account => VoiceProduct.ConferencesNewestFirst(world, account).Select(c => new ExportRecord(c.Created, c.Face))),
            new("Participants", Names("FetchParticipant", NotOfConferences), _ => [])
            {
                Lacks = "who was in a conference is not kept after they left: the files are empty",
            },
        ];
    }
}
