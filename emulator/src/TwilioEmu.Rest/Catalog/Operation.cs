namespace TwilioEmu.Rest.Catalog;

/// <summary>One operation of a public OpenAPI document, as facts.</summary>
public sealed record Operation(string Id);
