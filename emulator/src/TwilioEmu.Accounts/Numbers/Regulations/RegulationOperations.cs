using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers.Regulations;

/// <summary>Shows what regulators ask (twilio.com/docs/phone-numbers/regulatory/api/regulations and its siblings).</summary>
/// <remarks>Read only and the same in every world; SIDs are made from names, so they stay from run to run.</remarks>
internal static class RegulationOperations
{
    public static IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("numbers_v2/ListRegulation", ListRegulations),
        ("numbers_v2/FetchRegulation", request => Fetch(request, RegulationTable.All.Select(r => FaceOf(r, request)))),
        ("numbers_v2/ListEndUserType", request => List(RegulationTable.EndUsers.Select(t => FaceOf(t, "EndUserTypes", request)))),
        (
            "numbers_v2/FetchEndUserType",
            request => Fetch(request, RegulationTable.EndUsers.Select(t => FaceOf(t, "EndUserTypes", request)))),
        (
            "numbers_v2/ListSupportingDocumentType",
            request => List(RegulationTable.Documents.Select(t => FaceOf(t, "SupportingDocumentTypes", request)))),
        (
            "numbers_v2/FetchSupportingDocumentType",
            request => Fetch(request, RegulationTable.Documents.Select(t => FaceOf(t, "SupportingDocumentTypes", request)))),
    ];

    private static Answer ListRegulations(RestRequest request)
    {
        var (country, type, endUser) = (request.Query["IsoCountry"], request.Query["NumberType"], request.Query["EndUserType"]);
        return List(RegulationTable.All
            .Where(r => (string.IsNullOrEmpty(country) || r.Country.IsoCode.Equals(country, StringComparison.OrdinalIgnoreCase))
                && (string.IsNullOrEmpty(type) || r.NumberType.Equals(type.Replace('_', '-'), StringComparison.OrdinalIgnoreCase))
                && (string.IsNullOrEmpty(endUser) || r.EndUser.MachineName == endUser))
            .Select(r => FaceOf(r, request)));
    }

    private static Answer.List List(IEnumerable<Face> faces) =>
        new(after => (after is null ? faces : faces.SkipWhile(f => f.Sid != after).Skip(1)).Select(f => (f.Sid, (IFace)f)));

    private static Answer Fetch(RestRequest request, IEnumerable<Face> faces) =>
        faces.FirstOrDefault(f => f.Sid == request.PathValues["Sid"]) is { } face ? Answer.Of(face) : Answer.NotFound(request);

    private static Face FaceOf(RegulatoryType type, string collection, RestRequest request)
    {
        // Both kinds of type have the prefix OY.
        var sid = SidOf("OY", $"{collection} {type.MachineName}");
        return new Face(sid, (property, to) =>
        {
            switch (property)
            {
                case "friendly_name": to.Write(type.FriendlyName); break;
                case "machine_name": to.Write(type.MachineName); break;
                case "fields": WriteFields(to.Json, type); break;
                case "url": to.Write($"{request.BaseUrl}/v2/RegulatoryCompliance/{collection}/{sid}"); break;
            }
        });
    }

    private static Face FaceOf(Regulation regulation, RestRequest request)
    {
        var sid = SidOf("RN", regulation.FriendlyName);
        return new Face(sid, (property, to) =>
        {
            switch (property)
            {
                case "friendly_name": to.Write(regulation.FriendlyName); break;
                case "iso_country": to.Write(regulation.Country.IsoCode); break;
                case "number_type": to.Write(regulation.NumberType); break;
                case "end_user_type": to.Write(regulation.EndUser.MachineName); break;
                case "requirements": WriteRequirements(to.Json, regulation, request.BaseUrl); break;
                case "url": to.Write($"{request.BaseUrl}/v2/RegulatoryCompliance/Regulations/{sid}"); break;
            }
        });
    }

    private static void WriteFields(Utf8JsonWriter json, RegulatoryType type)
    {
        json.WriteStartArray();
        foreach (var (machineName, friendlyName) in type.Fields)
        {
            json.WriteStartObject();
            json.WriteString("friendly_name", friendlyName);
            json.WriteString("machine_name", machineName);
            json.WriteString(
                "type", machineName.EndsWith('s') && machineName.Contains("sid", StringComparison.Ordinal) ? "array" : "string");
            json.WriteString("constraint", "String");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary><c>{"end_user": [{...}], "supporting_document": [[{..., "accepted_documents": [...]}]]}</c></summary>
    private static void WriteRequirements(Utf8JsonWriter json, Regulation regulation, string baseUrl)
    {
        json.WriteStartObject();
        json.WriteStartArray("end_user");
        json.WriteStartObject();
        json.WriteString("name", regulation.EndUser.FriendlyName);
        json.WriteString("type", regulation.EndUser.MachineName);
        json.WriteString("requirement_name", $"{regulation.EndUser.MachineName}_info");
        json.WriteString("url", $"{baseUrl}/v2/RegulatoryCompliance/Regulations/{regulation.EndUser.MachineName}");
        WriteNames(json, regulation.EndUser);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("supporting_document");
        json.WriteStartArray();
        foreach (var (name, requirement, accepted) in regulation.Papers)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("type", "document");
            json.WriteString("requirement_name", requirement);
            json.WriteStartArray("accepted_documents");
            foreach (var document in RegulationTable.Documents.Where(d => accepted.Contains(d.MachineName)))
            {
                json.WriteStartObject();
                json.WriteString("name", document.FriendlyName);
                json.WriteString("type", document.MachineName);
                json.WriteString("url", $"{baseUrl}/v2/RegulatoryCompliance/DocumentTypes/{document.MachineName}");
                WriteNames(json, document);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, RegulatoryType type)
    {
        json.WriteStartArray("fields");
        foreach (var (machineName, _) in type.Fields) json.WriteStringValue(machineName);
        json.WriteEndArray();
        json.WriteStartArray("detailed_fields");
        foreach (var (machineName, friendlyName) in type.Fields)
        {
            json.WriteStartObject();
            json.WriteString("machine_name", machineName);
            json.WriteString("friendly_name", friendlyName);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string SidOf(string prefix, string name) =>
        prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    private sealed class Face(string sid, Action<string, FaceWriter> write) : IFace
    {
        public string Sid => sid;

        public void WriteProperty(string property, FaceWriter to)
        {
            if (property == "sid") to.Write(sid);
            else write(property, to);
        }
    }
}
