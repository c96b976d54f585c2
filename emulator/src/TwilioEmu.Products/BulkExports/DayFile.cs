using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.BulkExports;

/// <summary>A day's export: gzip of one JSON object a line (twilio.com/docs/usage/bulkexport/day).</summary>
/// <remarks>
/// Immutable; written when its bytes or their number are asked for, which is off the loop. Instants are ISO 8601.
/// Newest records first (inferred).
/// </remarks>
internal sealed class DayFile : IFace
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lazy<byte[]> _bytes;
    private readonly ExportSource _source;
    private readonly DateOnly _day;
    private readonly ExportOrigin _origin;

    public DayFile(ExportSource source, DateOnly day, ExportOrigin origin, ImmutableArray<IFace> records)
    {
        (_source, _day, _origin) = (source, day, origin);
        _bytes = new Lazy<byte[]>(() => Write(source.Properties, records));
    }

    public string Key => ExportDays.Spell(_day);

    public byte[] Bytes => _bytes.Value;

    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "day": to.Write(Key); break;
            case "size": to.Write(Bytes.Length); break;
            case "resource_type": to.Write(_source.ResourceType); break;
            case "create_date": to.Write(ExportDays.Spell(_origin.Created)); break;
            case "friendly_name": to.Write(_origin.FriendlyName); break;
        }
    }

    private static byte[] Write(IReadOnlyList<string> properties, ImmutableArray<IFace> records)
    {
        using var file = new MemoryStream();
        using (var zip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var json = new Utf8JsonWriter(zip, Relaxed))
        {
            var writer = new FaceWriter(json, usesRfc2822: false, "");
            foreach (var record in records)
            {
                WriteLine(json, properties, record, writer);
                json.Flush();
                json.Reset();
                zip.WriteByte((byte)'\n');
            }
        }
        return file.ToArray();
    }

    private static void WriteLine(Utf8JsonWriter json, IReadOnlyList<string> properties, IFace record, FaceWriter writer)
    {
        json.WriteStartObject();
        foreach (var property in properties)
        {
            json.WritePropertyName(property);
            var written = json.BytesCommitted + json.BytesPending;
            record.WriteProperty(property, writer);
            if (json.BytesCommitted + json.BytesPending == written) json.WriteNullValue();
        }
        json.WriteEndObject();
    }
}

/// <summary>What made a day's file: the daily export, or a job.</summary>
/// <param name="Created">The day it was made.</param>
/// <param name="FriendlyName">The job's; null for the daily export.</param>
internal readonly record struct ExportOrigin(DateOnly Created, string? FriendlyName);
