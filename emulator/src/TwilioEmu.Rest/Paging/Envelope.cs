using System.Text.Json;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Rest.Paging;

/// <summary>Writes a page in the envelope of its document.</summary>
/// <remarks>Members in the order of twilio.com/docs/usage/twilios-response.</remarks>
internal static class Envelope
{
    /// <param name="json">At the start of a document.</param>
    /// <param name="operation">The list operation.</param>
    /// <param name="page">What it found.</param>
    /// <param name="path">As the client spelt it.</param>
    /// <param name="filters">Encoded, each with its ampersand.</param>
    /// <param name="writer">Writes the faces.</param>
    public static void Write(Utf8JsonWriter json, Operation operation, Page page, string path, string filters, FaceWriter writer)
    {
        json.WriteStartObject();
        switch (operation.Page)
        {
            case PageStyle.Classic: WriteClassic(json, operation, page, path, filters, writer); break;
            case PageStyle.Single:
                WriteItems(json, operation, page, writer);
                json.WriteString("uri", filters.Length == 0 ? path : $"{path}?{filters[..^1]}");
                break;
            case PageStyle.Token: WriteToken(json, operation, page, writer); break;
            case PageStyle.Counted: WriteCounted(json, operation, page, writer); break;
            case PageStyle.Scim: WriteScim(json, operation, page, writer); break;
            default: WriteMeta(json, operation, page, writer.BaseUrl + path, filters, writer); break;
        }
        json.WriteEndObject();
    }

    private static void WriteClassic(Utf8JsonWriter json, Operation operation, Page page, string path, string filters, FaceWriter writer)
    {
        var (size, index) = (page.Request.Size, page.Request.Index);
        var start = page.Faces.Count == 0 ? 0 : (long)index * size;
        json.WriteString("first_page_uri", Link(path, filters, size, 0, null));
        json.WriteNumber("end", page.Faces.Count == 0 ? 0 : start + page.Faces.Count - 1);
        WriteLink(json, "previous_page_uri", page.Previous is null ? null : Link(path, filters, size, index - 1, page.Previous));
        WriteItems(json, operation, page, writer);
        json.WriteString("uri", Link(path, filters, size, index, OwnToken(page)));
        json.WriteNumber("page_size", size);
        json.WriteNumber("start", start);
        WriteLink(json, "next_page_uri", page.Next is null ? null : Link(path, filters, size, index + 1, page.Next));
        json.WriteNumber("page", index);
    }

    private static void WriteMeta(Utf8JsonWriter json, Operation operation, Page page, string url, string filters, FaceWriter writer)
    {
        var (size, index) = (page.Request.Size, page.Request.Index);
        json.WriteStartObject("meta");
        json.WriteNumber("page", index);
        json.WriteNumber("page_size", size);
        json.WriteString("first_page_url", Link(url, filters, size, 0, null));
        WriteLink(json, "previous_page_url", page.Previous is null ? null : Link(url, filters, size, index - 1, page.Previous));
        json.WriteString("url", Link(url, filters, size, index, OwnToken(page)));
        WriteLink(json, "next_page_url", page.Next is null ? null : Link(url, filters, size, index + 1, page.Next));
        json.WriteString("key", operation.ListKey);
        json.WriteEndObject();
        WriteItems(json, operation, page, writer);
    }

    private static void WriteToken(Utf8JsonWriter json, Operation operation, Page page, FaceWriter writer)
    {
        json.WriteStartObject("meta");
        WriteLink(json, "previous_token", page.Previous);
        WriteLink(json, "next_token", page.Next);
        json.WriteEndObject();
        WriteItems(json, operation, page, writer);
    }

    private static void WriteCounted(Utf8JsonWriter json, Operation operation, Page page, FaceWriter writer)
    {
        json.WriteNumber("total_elements", page.Total);
        json.WriteNumber("total_pages", (page.Total + page.Request.Size - 1) / page.Request.Size);
        json.WriteNumber("current_page", page.Request.Index);
        json.WriteNumber("per_page", page.Request.Size);
        json.WriteBoolean("has_next", page.Next is not null);
        json.WriteBoolean("has_prev", page.Request.Index > 0);
        WriteItems(json, operation, page, writer);
    }

    private static void WriteScim(Utf8JsonWriter json, Operation operation, Page page, FaceWriter writer)
    {
        json.WriteStartArray("schemas");
        json.WriteStringValue("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        json.WriteEndArray();
        json.WriteNumber("totalResults", page.Total);
        json.WriteNumber("startIndex", 1);
        json.WriteNumber("itemsPerPage", page.Faces.Count);
        WriteItems(json, operation, page, writer);
    }

    private static void WriteItems(Utf8JsonWriter json, Operation operation, Page page, FaceWriter writer)
    {
        json.WriteStartArray(operation.ListKey!);
        foreach (var face in page.Faces) FaceRenderer.Write(json, operation.Shape!, face, writer);
        json.WriteEndArray();
    }

    private static string? OwnToken(Page page) =>
        page.Request.After is { } after ? PageRequest.TokenAfter(after) : page.Request.Before is { } before ? PageRequest.TokenBefore(before) : null;

    private static string Link(string path, string filters, int size, int index, string? token) =>
        token is null ? $"{path}?{filters}PageSize={size}&Page={index}" : $"{path}?{filters}PageSize={size}&Page={index}&PageToken={token}";

    private static void WriteLink(Utf8JsonWriter json, string name, string? link)
    {
        if (link is null) json.WriteNull(name);
        else json.WriteString(name, link);
    }
}
