using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>
/// Validates requests by the attributes on their types, down through nested records and lists. The framework's own validation
/// passes over types that are not public or live in another assembly, silently; this one does not.
/// </summary>
internal static class RequestChecks
{
    private const int DeepestLevel = 16;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Shapes = new();

    public static ValueTask<object?> FilterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var wrong = new Dictionary<string, string>();
        foreach (var argument in call.Arguments) Check(argument, "", wrong, 0);
        return wrong.Count == 0 ? next(call) : throw new Refusal("request.invalid", "Some fields are not acceptable: " + string.Join(" ", wrong.Select(field => $"{field.Key}: {field.Value}")), 400) { Details = wrong };
    }

    internal static void Check(object? value, string path, Dictionary<string, string> wrong, int level)
    {
        if (value is null or string || level > DeepestLevel) return;
        if (value is IEnumerable items)
        {
            var index = 0;
            foreach (var item in items)
            {
                if (item is null || !IsOurs(item.GetType())) break;
                Check(item, $"{path}[{index++}]", wrong, level + 1);
            }
            return;
        }
        if (!IsOurs(value.GetType())) return;
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(value, new ValidationContext(value), results, validateAllProperties: true);
        foreach (var result in results)
            wrong[Join(path, result.MemberNames.FirstOrDefault() ?? "")] = result.ErrorMessage ?? "is not acceptable.";
        foreach (var property in Shapes.GetOrAdd(value.GetType(), Shape)) Check(property.GetValue(value), Join(path, property.Name), wrong, level + 1);
    }

    private static PropertyInfo[] Shape(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && property.GetMethod is not null
            && property.PropertyType != typeof(string) && (IsOurs(property.PropertyType) || typeof(IEnumerable).IsAssignableFrom(property.PropertyType)))];

    private static bool IsOurs(Type type) => type is { IsClass: true, IsPrimitive: false } && type.Namespace is { } space
        && space.StartsWith("Rialto", StringComparison.Ordinal) && type != typeof(TenantSession) && type != typeof(Database);

    private static string Join(string path, string name)
    {
        name = JsonNamingPolicy.CamelCase.ConvertName(name);
        return path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";
    }
}
