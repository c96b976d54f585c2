namespace TwilioEmu.Rest.Resources;

/// <summary>Where a request points among the stored resources.</summary>
/// <param name="Path">Path of the list, from the version on, with every
/// parent's own key in it: <c>/v1/Services/IS.../Documents</c>.</param>
/// <param name="Table">The table's name: the product's host and the path
/// without its version, which is the same resource in every version.</param>
/// <param name="Key">The last part of an instance's path as the client spelt it; <see cref="Only"/> of a singleton; null of a list.</param>
internal readonly record struct ResourceAddress(string Path, string Table, string? Key)
{
    /// <summary>The key of what there is one of.</summary>
    public const string Only = "only";
}
