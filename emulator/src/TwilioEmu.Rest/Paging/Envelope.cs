using System.Text.Json;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Paging;

/// <summary>Writes a page in the envelope of its document.</summary>
/// <remarks>Members in the order of twilio.com/docs/usage/twilios-response.</remarks>
internal static class Envelope
{
    /// <summary>Writes all that comes before the first item, which is written next.</summary>
    /// <param name="json">At the start of a document.</param>
    /// <param name="operation">The list operation.</param>
    /// <param name="page">What it found.</param>
    /// <param name="path">As the client spelt it.</param>
    /// <param name="filters">Encoded, each with its ampersand.</param>
    /// <param name="baseUrl">Of links that are absolute.</param>
    public static void Open(Utf8JsonWriter json, Operation operation, Page page, string path, string filters, string baseUrl)
    {
        json.WriteStartObject();
        switch (operation.Page)
        {
            case PageStyle.Classic: OpenClassic(json, page, path, filters); break;
            case PageStyle.Single: break;
            case PageStyle.Token: OpenToken(json, page); break;
            case PageStyle.Counted: OpenCounted(json, page); break;
            case PageStyle.Scim: OpenScim(json, page); break;
            default: OpenMeta(json, operation, page, baseUrl + path, filters); break;
        }
        json.WriteStartArray(operation.ListKey!);
    }

    /// <summary>Writes all that comes after the last item.</summary>
    public static void Close(Utf8JsonWriter json, Operation operation, Page page, string path, string filters)
    {
        json.WriteEndArray();
        if (operation.Page is PageStyle.Classic) CloseClassic(json, page, path, filters);
        else if (operation.Page is PageStyle.Single) json.WriteString("uri", filters.Length == 0 ? path : $"{path}?{filters[..^1]}");
        json.WriteEndObject();
    }

    private static void OpenClassic(Utf8JsonWriter json, Page page, string path, string filters)
    {
        var (size, index) = (page.Request.Size, page.Request.Index);
        var start = page.Faces.Count == 0 ? 0 : (long)index * size;
        json.WriteString("first_page_uri", Link(path, filters, size, 0, null));
        json.WriteNumber("end", page.Faces.Count == 0 ? 0 : start + page.Faces.Count - 1);
        WriteLink(json, "previous_page_uri", page.Previous is null ? null : Link(path, filters, size, index - 1, page.Previous));
    }

    private static void CloseClassic(Utf8JsonWriter json, Page page, string path, string filters)
    {
        var (size, index) = (page.Request.Size, page.Request.Index);
        json.WriteString("uri", Link(path, filters, size, index, OwnToken(page)));
        json.WriteNumber("page_size", size);
        json.WriteNumber("start", page.Faces.Count == 0 ? 0 : (long)index * size);
        WriteLink(json, "next_page_uri", page.Next is null ? null : Link(path, filters, size, index + 1, page.Next));
        json.WriteNumber("page", index);
    }

    private static void OpenMeta(Utf8JsonWriter json, Operation operation, Page page, string url, string filters)
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
    }

    private static void OpenToken(Utf8JsonWriter json, Page page)
    {
        json.WriteStartObject("meta");
        WriteLink(json, "previous_token", page.Previous);
        WriteLink(json, "next_token", page.Next);
        json.WriteEndObject();
    }

    private static void OpenCounted(Utf8JsonWriter json, Page page)
    {
        json.WriteNumber("total_elements", page.Total);
        json.WriteNumber("total_pages", (page.Total + page.Request.Size - 1) / page.Request.Size);
        json.WriteNumber("current_page", page.Request.Index);
        json.WriteNumber("per_page", page.Request.Size);
        json.WriteBoolean("has_next", page.Next is not null);
        json.WriteBoolean("has_prev", page.Request.Index > 0);
    }

    private static void OpenScim(Utf8JsonWriter json, Page page)
    {
        json.WriteStartArray("schemas");
        json.WriteStringValue("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        json.WriteEndArray();
        json.WriteNumber("totalResults", page.Total);
        json.WriteNumber("startIndex", 1);
        json.WriteNumber("itemsPerPage", page.Faces.Count);
    }

    private static string? OwnToken(Page page) =>
        page.Request.After is { } after ? PageRequest.TokenAfter(after)
            : page.Request.Before is { } before ? PageRequest.TokenBefore(before)
            : null;

    private static string Link(string path, string filters, int size, int index, string? token) =>
        token is null ? $"{path}?{filters}PageSize={size}&Page={index}" : $"{path}?{filters}PageSize={size}&Page={index}&PageToken={token}";

    private static void WriteLink(Utf8JsonWriter json, string name, string? link)
    {
        if (link is null) json.WriteNull(name);
        else json.WriteString(name, link);
    }
}
