using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Voice;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

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
        var documents = new StoredDocuments(world);
        Shape Shape(string operation) => catalog.Find(ApiCatalog.ClassicDocument)!.Find(operation)!.Shape!;
        IReadOnlyList<string> Names(string operation, string[] without) => [.. Shape(operation).Properties.Select(p => p.Name).Except(without)];
        var (conference, participant) = (Shape("FetchConference"), Shape("FetchParticipant"));
        return
        [
            new("Messages", Names("FetchMessage", NotOfMessages), account => world.Store.Table(Message.Table, account).NewestFirst().Select(m => new ExportRecord(m.Created, m))),
            new("Calls", Names("FetchCall", NotOfCalls), account => VoiceProduct.NewestFirst(world, account).Select(c => new ExportRecord(c.Created, c.Face))),
            new("Conferences", Names("FetchConference", NotOfConferences), account => Sorted(documents.All(account, "Conferences"), conference)),
            new("Participants", Names("FetchParticipant", NotOfConferences), account => Sorted(documents.All(account, "Conferences").SelectMany(c => documents.All(account, $"Conferences/{c.Key}/Participants")), participant)),
        ];
    }

    // What is put there from outside brings dates of its own.
    private static IEnumerable<ExportRecord> Sorted(IEnumerable<Document> documents, Shape shape) => documents
        .Select(d => new ExportRecord(TwilioDates.TryParse(d["date_created"] ?? "", out var at, out _) ? at : default, new Line(d, shape)))
        .OrderByDescending(r => r.Created);

    private sealed class Line(Document document, Shape shape) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (document[property] is not { } value) return;
            switch (shape.Find(property)!.Facts.Type)
            {
                case ValueType.Boolean: to.Write(value == "true"); break;
                case ValueType.Integer when long.TryParse(value, out var number): to.Write(number); break;
                default: to.Write(TwilioDates.TryParse(value, out var at, out _) && property.StartsWith("date_", StringComparison.Ordinal) ? TwilioDates.ToIso8601(at) : value); break;
            }
        }
    }
}
